"""Every address."""

from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from tts_project import health
from tts_project.doors import page_or_api
from voice.api.views.calls import CallMessagesView, CallsView
from voice.pages import calls

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="calls"), name="home"),
    path("calls", page_or_api(calls.call_list, CallsView.as_view()), name="calls"),
    path(
        "calls/<uuid:call_id>/messages", page_or_api(calls.messages, CallMessagesView.as_view()), name="call-messages"
    ),
    path("", include("voice.api.urls")),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("health/live", health.live),
    path("health/ready", health.ready),
]
