using System.Globalization;
using System.Text;

namespace Connectors.Databricks;

/// <summary>Which credential is used, and why: what was found where, and what became of each way to log in. It holds no secret.</summary>
public sealed class DatabricksAuthenticationReport
{
    internal DatabricksAuthenticationReport()
    {
    }

    /// <summary>The workspace; <see langword="null"/> when it could not be found out.</summary>
    public Uri? Host { get; internal init; }

    /// <summary>
    /// The way to log in that is used, such as <c>oauth-m2m</c>; <c>custom</c> for a credential of your own; <see langword="null"/> when
    /// none works.
    /// </summary>
    public string? AuthType { get; internal init; }

    /// <summary>When the token that is held stops working; <see langword="null"/> when that is not known, or there is none.</summary>
    public DateTimeOffset? ExpiresOn { get; internal init; }

    /// <summary>The profile that was read; <see langword="null"/> when none was.</summary>
    public string? Profile { get; internal init; }

    /// <summary>The settings that were found, and where each came from; secrets are masked.</summary>
    public IReadOnlyList<DatabricksAuthenticationSetting> Settings { get; internal init; } = [];

    /// <summary>Those of <see cref="Settings"/> that the way to log in does not read, by name.</summary>
    public IReadOnlyList<string> UnusedSettings { get; internal init; } = [];

    /// <summary>What is likely a mistake in <see cref="Settings"/>, though nothing failed; also logged as warnings.</summary>
    public IReadOnlyList<string> Warnings { get; internal init; } = [];

    /// <summary>Every way to log in that was considered, in order, and what became of it.</summary>
    public IReadOnlyList<DatabricksCredentialAttempt> Attempts { get; internal init; } = [];

    /// <summary>Why no token could be had; <see langword="null"/> when one could.</summary>
    public DatabricksCredentialException? Error { get; internal init; }

    /// <summary>The report for people, several lines long.</summary>
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
            // Otherwise the attempts have said it.
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
