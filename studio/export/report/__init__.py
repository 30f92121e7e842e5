"""The pages of ``report.html``: `expert` first, then `engineer`; `html` builds the markup."""
