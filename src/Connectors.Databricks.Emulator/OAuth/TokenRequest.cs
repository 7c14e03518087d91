using Connectors.Databricks.Emulator.Http;

namespace Connectors.Databricks.Emulator.OAuth;

/// <summary>A parsed token request.</summary>
internal sealed class TokenRequest
{
    private readonly Dictionary<string, string> _fields = new(StringComparer.Ordinal);

    /// <exception cref="OAuthException">The body is no form, or repeats a field.</exception>
    public TokenRequest(RecordedRequest request, RequestIds ids)
    {
        Ids = ids;
        Authorization = request.Headers.GetValueOrDefault("authorization");
        var form = FormBody.Read(request.Headers.GetValueOrDefault("content-type"), request.Body)
            ?? throw OAuthException.InvalidRequest("The request must be application/x-www-form-urlencoded.");
        foreach ((var name, var value) in form)
        {
            if (!_fields.TryAdd(name, value))
            {
                throw OAuthException.InvalidRequest($"The parameter {name} must not be repeated.");
            }
        }
    }

    public RequestIds Ids { get; }

    public string? Authorization { get; }

    /// <summary>A field; one without a value counts as absent (RFC 6749 section 3.2).</summary>
    public string? Field(string name) => _fields.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;

    /// <exception cref="OAuthException">The field is missing.</exception>
    public string RequiredField(string name) =>
        Field(name) ?? throw OAuthException.InvalidRequest($"The parameter {name} is missing.");
}
