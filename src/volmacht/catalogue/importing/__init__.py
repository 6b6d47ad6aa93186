"""The catalogue as CSV in DigiD's layout (DM-63): reading, a verdict on every row, writing. Changes nothing itself."""
