"""Words that people searched for and found nothing: counted, without a trace of who it was."""
