"""XLSX in and out, in the admin as on the pages: limits before parsing, text that never becomes a formula."""

from import_export.formats import base_formats
from tablib import Dataset

from orgs.documents import Column, table_workbook


class Workbook(base_formats.Format):
    """The one format. The dataset carries the bytes it came from, so that sheets, rows and dates stay known."""

    CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    def __init__(self, encoding: str | None = None) -> None:
        self.encoding = encoding

    def get_title(self) -> str:
        """Name of the format in the forms of the admin."""
        return "xlsx"

    def get_extension(self) -> str:
        """File ending, without its dot."""
        return "xlsx"

    def get_content_type(self) -> str:
        """Content type of an export."""
        return self.CONTENT_TYPE

    def can_import(self) -> bool:
        """Workbooks come in."""
        return True

    def can_export(self) -> bool:
        """Workbooks go out."""
        return True

    def create_dataset(self, in_stream: bytes) -> Dataset:
        """A dataset that holds the workbook unread: the resource reads it, after checking its limits."""
        dataset = Dataset(headers=["xlsx"])
        dataset.append([in_stream])
        return dataset

    def export_data(self, dataset: Dataset, **kwargs: object) -> bytes:
        """The dataset as a workbook; what begins like a formula stays text."""
        columns = [Column(title, width=20) for title in dataset.headers]
        return table_workbook(dataset.title or "", columns, list(dataset))
