import tarfile
from pathlib import Path

import pytest

from benchmarks.intake_corpus import _files, feeds, mails, measure, shared, tables


@pytest.mark.shared
@pytest.mark.slow
@pytest.mark.skipif(not (shared() / "data").is_dir(), reason="no shared data: set HIVECAST_SHARED")
def test_every_file_of_the_corpora_is_accepted_or_refused(tmp_path: Path) -> None:
    for name, read, at_least in (("emails", mails, 150), ("feeds", feeds, 250)):
        with tarfile.open(shared() / "data" / f"{name}.tar.gz") as archive:
            archive.extractall(tmp_path, filter="data")
        found = measure(name, _files(tmp_path / name), read)
        assert found["crashes"] == 0
        assert int(str(found["files_with_accepted"])) + int(str(found["files_with_refused"])) >= int(str(found["files"]))
        assert int(str(found["accepted"])) >= at_least
    rows = measure("haiti", [shared() / "data" / "haiti" / "ushahidi_haiti_2010.csv"], tables)
    assert (rows["accepted"], rows["refused"]) == (3_593, 0)
