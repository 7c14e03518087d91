using System.Globalization;
using System.Text;

namespace Connectors.Databricks.Emulator.Http;

/// <summary>Which tokens are valid, refused, or expired.</summary>
internal sealed class TokenBook
{
    private readonly string _first;
    private readonly IReadOnlyList<string> _withoutPermission;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _expired = [];
    private string _current;
    private int _rotations;

    public TokenBook(string firstToken, IReadOnlyList<string> withoutPermission)
    {
        _first = firstToken;
        _current = firstToken;
        _withoutPermission = withoutPermission;
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

    public void Expire(int status)
    {
        lock (_lock)
        {
            _expired[_current] = status;
        }
    }

    public string Rotate()
    {
        lock (_lock)
        {
            _expired.TryAdd(_current, 403);
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
                // An expired token often arrives as 403 [issue n8n#34147]. unseen: both texts.
                return status == 401
                    ? HttpAnswer.Error(401, "UNAUTHENTICATED", "Access token expired")
                    : HttpAnswer.Error(status, "PERMISSION_DENIED", "Invalid access token: the token has expired.");
            }

            if (token == _current)
            {
                return null;
            }
        }

        // unseen: both texts.
        return _withoutPermission.Contains(token)
            ? HttpAnswer.Error(403, "PERMISSION_DENIED", "User does not have CAN_QUERY permission on the serving endpoint.")
            : HttpAnswer.Error(401, "UNAUTHENTICATED", "Invalid access token.");
    }

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
