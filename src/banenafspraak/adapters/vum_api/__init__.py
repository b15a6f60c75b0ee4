"""The bron of VUM 3.0.0 at `/vum/v3/`: job seekers and vacatures for other organisations, through a national exchange.

mTLS ends at the proxy, which hands over the OIN of the certificate (docs/vum.md). Nothing here is meant for a browser:
no session, no cookie, and every answer is JSON that no cache keeps.
"""
