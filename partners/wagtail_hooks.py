"""Registers what this app brings."""

from wagtail import hooks

from .demo_steps import steps


@hooks.register("register_demo_step")
def partners_demo_steps():
    return steps()
