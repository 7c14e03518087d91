using System.Globalization;
using System.Text;
using Connectors.Databricks.Emulator.OAuth;

namespace Connectors.Databricks.Emulator.Http;

/// <summary>Which tokens are valid, refused, or expired.</summary>
internal sealed class TokenBook
{
    private readonly string _first;
    private readonly DatabricksEmulatorOptions _options;
    private readonly OAuthTokens _issued;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _expired = [];
    private string _current;
    private int _rotations;

    public TokenBook(DatabricksEmulatorOptions options, OAuthTokens issued)
    {
        _options = options;
        _issued = issued;
        _first = options.Token;
        _current = _first;
    }

    public string Current
    {
        get
        {
            lock (_lock)
            {
                return _current;
            }
        }
    }

    /// <summary>Whether a token is the personal access token in use, and good.</summary>
    public bool IsPersonal(string token)
    {
        lock (_lock)
        {
            return token == _current && !_expired.ContainsKey(token);
        }
    }

    public void Expire(int status)
    {
        lock (_lock)
        {
            _expired[_current] = status;
            foreach (string token in _issued.Issued)
            {
                _expired[token] = status;
            }
        }
    }

    public string Rotate()
    {
        lock (_lock)
        {
            _expired.TryAdd(_current, _options.ExpiredTokenStatus);
            _rotations++;
            _current = string.Create(CultureInfo.InvariantCulture, $"{_first}-{_rotations}");
            return _current;
        }
    }

    /// <summary>The refusal for an <c>Authorization</c> header, or null when it may pass.</summary>
    public HttpAnswer? Refuse(string? authorization, bool allowsBasic)
    {
        if (Read(authorization, allowsBasic) is not string token)
        {
            // unseen: "real text varies; 401 may be HTML or empty" (appendix B row 1).
            return HttpAnswer.Error(401, "UNAUTHENTICATED", "Credential was not sent or was of an unsupported type for this API.");
        }

        lock (_lock)
        {
            if (_expired.TryGetValue(token, out int status))
            {
                return Expired(status);
            }

            if (token == _current)
            {
                return null;
            }
        }

        if (_issued.Find(token) is OAuthToken issued)
        {
            return issued.ExpiresAt <= _options.TimeProvider.GetUtcNow() ? Expired(_options.ExpiredTokenStatus)
                : issued.Principal is { CanQuery: false } ? WithoutPermission()
                : null;
        }

        // unseen: the text.
        return _options.RefusedTokens.Contains(token)
            ? WithoutPermission()
            : HttpAnswer.Error(401, "UNAUTHENTICATED", "Invalid access token.");
    }

    // An expired token often arrives as 403 [issue n8n#34147]. unseen: both texts.
    private static BodyAnswer Expired(int status) => status == 401
        ? HttpAnswer.Error(401, "UNAUTHENTICATED", "Access token expired")
        : HttpAnswer.Error(status, "PERMISSION_DENIED", "Invalid access token: the token has expired.");

    // unseen: the text.
    private static BodyAnswer WithoutPermission()
        => HttpAnswer.Error(403, "PERMISSION_DENIED", "User does not have CAN_QUERY permission on the serving endpoint.");

    private static string? Read(string? authorization, bool allowsBasic)
    {
        if (authorization is null)
        {
            return null;
        }

        if (authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
        {
            return authorization["Bearer ".Length..].Trim();
        }

        if (!allowsBasic || !authorization.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        // curl -u token:$PAT works on /invocations [okf:query-serving-endpoints-for-custom-models].
        Span<byte> decoded = stackalloc byte[authorization.Length];
        if (!Convert.TryFromBase64String(authorization["Basic ".Length..].Trim(), decoded, out int length))
        {
            return null;
        }

        string pair = Encoding.UTF8.GetString(decoded[..length]);
        return pair.StartsWith("token:", StringComparison.Ordinal) ? pair["token:".Length..] : null;
    }
}
