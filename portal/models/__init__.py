"""The front door: the home page and the country pages, which gather what the other rooms hold."""

from portal.models.countries import CountryIndexPage, CountryPage
from portal.models.home import HomePage
from portal.models.periodic import PeriodicRun
from portal.models.set_up import SetUpStep
from portal.models.starter import StarterRecord

__all__ = ["CountryIndexPage", "CountryPage", "HomePage", "PeriodicRun", "SetUpStep", "StarterRecord"]
