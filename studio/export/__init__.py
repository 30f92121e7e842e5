"""Making the bundle an engineer gets, and verifying it on any other machine.

```
contents   what the session hands over          archive    a zip, whole or absent
bundle     parts -> files -> zip                 manifest   digests and origin
parts/     one module a part of the bundle       reading    a stranger's files, in memory
spec       preprocessing.json, both ways         opened     what a stranger's files say
preprocess rows and recordings, as it travels    golden     golden inputs made once more
cpreprocess the same in C99                      amount     from an output to an amount
answer     from outputs to a class, as it travels deciding   when that is "not sure"
golden_run the reference kernels, in a child     verify     the checks
```
"""

from studio.export.bundle import write_bundle
from studio.export.certainty import not_sure_text
from studio.export.contents import (
    BuildTarget,
    BundleContents,
    BundleSummary,
    CCode,
    Certainty,
    DatasetFacts,
    Raw,
    SearchFacts,
)
from studio.export.deciding import certainty_facts
from studio.export.opened import MODEL
from studio.export.reading import read_files
from studio.export.verify import BundleVerification, CheckResult, verify_bundle

__all__ = [
    "MODEL",
    "BuildTarget",
    "BundleContents",
    "BundleSummary",
    "BundleVerification",
    "CCode",
    "Certainty",
    "CheckResult",
    "DatasetFacts",
    "Raw",
    "SearchFacts",
    "certainty_facts",
    "not_sure_text",
    "read_files",
    "verify_bundle",
    "write_bundle",
]
