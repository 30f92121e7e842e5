"""The chosen model, tried at once: with a file, a picture, a camera, a microphone, a sensor."""
