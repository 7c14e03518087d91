using Connectors.Databricks.Diagnostics;

namespace Connectors.Databricks.Wire;

/// <summary>
/// A request header whose value has been validated. It is the only way to add a header to a request: a line break in a value would end
/// the header and start another one, or another request (CWE-113, CWE-444).
/// </summary>
internal readonly struct RequestHeader
{
    private RequestHeader(string name, string value)
    {
        Name = name;
        Value = value;
    }

    public string Name { get; }

    /// <summary>The value as it is sent; it may be a secret.</summary>
    public string Value { get; }

    /// <summary>Creates a header of a single word: an id, a version, or a token.</summary>
    /// <param name="name">The name of the header.</param>
    /// <param name="value">Visible ASCII characters.</param>
    /// <param name="origin">The setting and its source, for the message: <c>workspace_id (from code)</c>.</param>
    /// <exception cref="DatabricksCredentialException">The value cannot be sent; the message names the origin.</exception>
    public static RequestHeader Create(string name, string value, string origin) =>
        Problem(value, allowSpaces: false) is { } problem ? throw Invalid(name, problem, origin) : new RequestHeader(name, value);

    /// <summary>Creates a header that may contain spaces, such as a user agent or a list of media types.</summary>
    /// <param name="name">The name of the header.</param>
    /// <param name="value">Visible ASCII characters, and spaces between them.</param>
    /// <param name="origin">The source of the value, for the message.</param>
    /// <exception cref="DatabricksCredentialException">The value cannot be sent; the message names the origin.</exception>
    public static RequestHeader CreateText(string name, string value, string origin) =>
        Problem(value, allowSpaces: true) is { } problem ? throw Invalid(name, problem, origin) : new RequestHeader(name, value);

    /// <summary>Creates the <c>Authorization</c> header.</summary>
    /// <exception cref="DatabricksCredentialException">The token cannot be sent; the message names the origin.</exception>
    public static RequestHeader Authorization(string scheme, string token, string origin) =>
        CreateText(
            "Authorization", $"{Create("Authorization", scheme, origin).Value} {Create("Authorization", token, origin).Value}", origin);

    /// <summary>Adds the header to a request.</summary>
    public void AddTo(HttpRequestMessage request) => request.Headers.TryAddWithoutValidation(Name, Value);

    // The value may be a secret.
    public override string ToString() => $"{Name}: ***";

    private static string? Problem(string value, bool allowSpaces)
    {
        if (value.Length == 0)
        {
            return "it is empty";
        }

        if (allowSpaces && (value[0] == ' ' || value[^1] == ' '))
        {
            return "it starts or ends with a space";
        }

        var at = value.AsSpan().IndexOfAnyExceptInRange(allowSpaces ? ' ' : '!', '~');
        return at < 0 ? null : $"it has {Kind(value[at])} at position {at + 1}";
    }

    private static string Kind(char c) => c switch
    {
        '\r' or '\n' => "a line break",
        ' ' => "a space",
        _ when char.IsControl(c) => "a control character",
        _ => "a character outside ASCII",
    };

    private static DatabricksCredentialException Invalid(string name, string problem, string origin) =>
        new(Redaction.OfNone, $"{origin} cannot be sent in the header {name}: {problem}. Use visible ASCII characters.")
        {
            Failure = DatabricksCredentialFailure.InvalidConfiguration,
        };
}
