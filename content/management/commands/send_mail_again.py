from django.core.management.base import BaseCommand, CommandError

from content.mail.services import send_again


class Command(BaseCommand):
    """Queue mails anew that were given up or never answered. Raises ``CommandError`` when one cannot be."""

    help = "Send mails again that were given up, or whose answer was never seen; the admin's list shows their numbers."

    def add_arguments(self, parser):
        parser.add_argument("numbers", type=int, nargs="+", metavar="NUMBER")

    def handle(self, *args, numbers, **options):
        left = [str(number) for number in numbers if not send_again(mail_id=number)]
        if left:
            raise CommandError(
                f"Not sent again: {', '.join(left)}. Only mails that were given up or never answered, "
                "and whose text is not erased, can be."
            )
