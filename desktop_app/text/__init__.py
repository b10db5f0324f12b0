"""The language of the office: catalogues, numbers, dates, money and Vietnamese order."""
