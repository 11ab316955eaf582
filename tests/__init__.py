"""What a visitor, an editor and an administrator may rely on."""
