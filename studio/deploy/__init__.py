"""Putting a bundle's program on a device with Linux, through the system's own ``ssh``.

```
target     which device, and how to get in      ssh         how ssh is called, what it means
layout     what of a bundle is a program        connection  a device that answers line by line
deploying  check, copy, install, try, switch
```

What runs on the device meanwhile is ``assets/templates/deploy/on_device.py``.
"""

from studio.deploy.deploying import Deployed, DeployStep, Facts, Plan, deploy
from studio.deploy.layout import Layout, layout_of
from studio.deploy.target import Login, Target, check_folder

__all__ = [
    "DeployStep",
    "Deployed",
    "Facts",
    "Layout",
    "Login",
    "Plan",
    "Target",
    "check_folder",
    "deploy",
    "layout_of",
]
