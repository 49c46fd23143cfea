"""The lives of the bank's customers: clicks, arrivals, accounts, logins, money, cards, consents."""
