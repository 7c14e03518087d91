using System.Text.RegularExpressions;

namespace Connectors.Databricks.Comparison.Tests.Harness;

/// <summary>A deliberate difference between the connectors: a row of the table in <c>docs/semantic-kernel.md</c>.</summary>
/// <param name="Subject">What differs.</param>
/// <param name="OpenAI">What the OpenAI connector does.</param>
/// <param name="Databricks">What this connector does.</param>
/// <param name="Path">A regular expression for the paths where it shows; <c>#</c> matches an index.</param>
/// <param name="IsExpected">Whether these two values are the difference; by default any two are.</param>
internal sealed record AcceptedDifference(
    string Subject, string OpenAI, string Databricks, string Path, Func<JsonDifference, bool>? IsExpected = null)
{
    private readonly Regex _path = new($"^(?:{Path.Replace("#", @"\[\d+\]", StringComparison.Ordinal)})$");

    /// <summary>The API over which it shows, or null for both.</summary>
    public DatabricksChatApi? Api { get; init; }

    public bool ShowsOver(DatabricksChatApi api) => Api is null || Api == api;

    public bool Covers(JsonDifference difference) => _path.IsMatch(difference.Path) && IsExpected?.Invoke(difference) is not false;
}
