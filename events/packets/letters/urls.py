from django.urls import path

from events.packets.letters.views import brands, files, letters, runs

app_name = "letters"
urlpatterns = [
    path("", runs.run, name="run"),
    path("progress/", runs.progress, name="progress"),
    path("start/", runs.start, name="start"),
    path("pause/", runs.pause, name="pause"),
    path("resume/", runs.resume, name="resume"),
    path("again/", runs.again, name="again"),
    path("list/", files.files, name="files"),
    path("download/", files.download, name="download"),
    path("look/", brands.brand, name="brand"),
    path("look/preview/", brands.preview, name="preview"),
    path("look/sample/", brands.sample, name="sample"),
    path("look/logo/", brands.logo, name="logo"),
    path("<id:packet_id>/<int:number>/", letters.letter, name="letter"),
    path("<id:packet_id>/<int:number>/signed/", letters.signed_copy, name="signed_copy"),
]
