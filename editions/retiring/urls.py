"""Addresses of the screens that take a page out of use."""

from django.urls import path

from editions.retiring.views import CancelView, ReplaceView, TakeDownView, UndoView, WithdrawView

urlpatterns = [
    path("<int:page_id>/withdraw/", WithdrawView.as_view(), name="withdraw"),
    path("<int:page_id>/replace/", ReplaceView.as_view(), name="replace"),
    path("<int:page_id>/undo/", UndoView.as_view(), name="undo"),
    path("<int:page_id>/cancel/", CancelView.as_view(), name="cancel"),
    path("<int:page_id>/take-down/", TakeDownView.as_view(), name="take_down"),
]
