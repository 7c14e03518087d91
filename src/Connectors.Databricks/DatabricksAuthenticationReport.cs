using System.Globalization;
using System.Text;

namespace Connectors.Databricks;

/// <summary>
/// Describes the credential in use: the settings and their sources, and the result of each authentication type. Contains no secrets.
/// </summary>
public sealed class DatabricksAuthenticationReport
{
    /// <summary>Initializes a new instance of the <see cref="DatabricksAuthenticationReport"/> class, such as for tests.</summary>
    public DatabricksAuthenticationReport()
    {
    }

    /// <summary>Gets the workspace; <see langword="null"/> if it is unknown.</summary>
    public Uri? Host { get; init; }

    /// <summary>
    /// Gets the authentication type in use, such as <c>oauth-m2m</c>; <c>custom</c> for a custom credential; <see langword="null"/> if none
    /// returned a token.
    /// </summary>
    public string? AuthType { get; init; }

    /// <summary>Gets the expiry of the cached token; <see langword="null"/> if it is unknown or there is no token.</summary>
    public DateTimeOffset? ExpiresOn { get; init; }

    /// <summary>Gets the profile that was read; <see langword="null"/> if none was.</summary>
    public string? Profile { get; init; }

    /// <summary>Gets the settings that have a value, with the source of each; secrets are masked.</summary>
    public IReadOnlyList<DatabricksAuthenticationSetting> Settings { get; init; } = [];

    /// <summary>Gets the names of the <see cref="Settings"/> that the authentication type does not use.</summary>
    public IReadOnlyList<string> UnusedSettings { get; init; } = [];

    /// <summary>Gets likely mistakes in <see cref="Settings"/> that caused no failure; also logged as warnings.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Gets every authentication type that was tried, in order of precedence, with its result.</summary>
    public IReadOnlyList<DatabricksCredentialAttempt> Attempts { get; init; } = [];

    /// <summary>Gets the exception if no token was acquired; otherwise <see langword="null"/>.</summary>
    public DatabricksCredentialException? Error { get; init; }

    /// <summary>Formats the report as several lines of text.</summary>
    /// <returns>A text that is safe to log.</returns>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"Host: {Host?.GetLeftPart(UriPartial.Authority) ?? "not known"}");
        text.AppendLine(CultureInfo.InvariantCulture, $"Authentication: {AuthType ?? "none works"}");
        if (ExpiresOn is { } expiresOn)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"Token expires on: {expiresOn:O}");
        }

        text.AppendLine(CultureInfo.InvariantCulture, $"Profile: {Profile ?? "none was read"}");
        Append(text, "Settings:", Settings.Select(setting => UnusedSettings.Contains(setting.Name)
            ? $"{setting.Name}={setting.Value} (from {setting.Source}; not used by {AuthType ?? "anything"})"
            : setting.ToString()));
        Append(text, "Warnings:", Warnings);
        Append(text, "Considered:", Attempts.Select(attempt => $"{attempt.AuthType}: {Word(attempt.Outcome)}: {attempt.Reason}"));
        if (Error is { } error && Attempts is [] or [.., { Outcome: DatabricksCredentialOutcome.Selected }])
        {
            // Otherwise the attempts contain the error.
            text.AppendLine(CultureInfo.InvariantCulture, $"Error: {error.Message}");
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, string title, IEnumerable<string> lines)
    {
        var isFirst = true;
        foreach (var line in lines)
        {
            if (isFirst)
            {
                text.AppendLine(title);
                isFirst = false;
            }

            text.AppendLine(CultureInfo.InvariantCulture, $"  - {line}");
        }
    }

    private static string Word(DatabricksCredentialOutcome outcome) => outcome switch
    {
        DatabricksCredentialOutcome.Declined => "not used",
        DatabricksCredentialOutcome.Failed => "FAILED",
        _ => "selected",
    };
}
