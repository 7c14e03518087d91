using System.Diagnostics.CodeAnalysis;
using Connectors.Databricks.Diagnostics;

namespace Connectors.Databricks.Authentication.Settings;

/// <summary>What is configured, value by value, each with where it came from. Not changed once it is resolved.</summary>
internal sealed class ResolvedSettings(
    IReadOnlyDictionary<Setting, SettingValue> values, Uri? host, string? profile, IReadOnlyList<string> remarks)
{
    /// <summary>The workspace, reduced to scheme and authority; null when it must be asked for.</summary>
    public Uri? Host => host;

    /// <summary>The profile that was read; null when none was.</summary>
    public string? Profile => profile;

    /// <summary>Whether the host is the profile's own, or the profile names none: what the profile stands for may be sent there.</summary>
    public bool IsHostOfProfile { get; init; }

    /// <summary>What deserves a warning in the log, though nothing failed.</summary>
    public IReadOnlyList<string> Remarks => remarks;

    /// <summary>Knows the secrets among the values, and those of proxies.</summary>
    public Redaction Redaction { get; init; } = new([]);

    public string? this[Setting setting] => values.GetValueOrDefault(setting)?.Text;

    public SettingSource? Source(Setting setting) => values.GetValueOrDefault(setting)?.Source;

    /// <summary>The setting and where its value came from, as a message names it: <c>workspace_id (from code)</c>.</summary>
    public string Origin(Setting setting) => Source(setting) switch
    {
        null => setting.Name,
        var source when source == SettingSource.HostQuery => $"{setting.Name} (from {source.Description}, {Source(SettingTable.Host)?.Description})",
        var source => $"{setting.Name} (from {source.Description})",
    };

    public bool Has(Setting setting, [NotNullWhen(true)] out string? value) => (value = this[setting]) is not null;

    /// <summary>Whether a flag is set; its text was checked when it was resolved.</summary>
    public bool IsOn(Setting setting) => this[setting] is { } text && Flag.Parse(text) is true;

    /// <summary>The settings for people: secrets masked, in the order of the table.</summary>
    public IReadOnlyList<DatabricksAuthenticationSetting> Shown => [.. Present.Select(Show)];

    /// <summary>The authentication groups with a configured setting, in alphabetical order.</summary>
    public IReadOnlyList<string> Groups =>
        [.. Present.Select(pair => pair.Key.GroupOf(pair.Value.Text)).OfType<string>().Distinct().Order(StringComparer.Ordinal)];

    public IEnumerable<KeyValuePair<Setting, SettingValue>> Present =>
        SettingTable.All.Where(values.ContainsKey).Select(setting => KeyValuePair.Create(setting, values[setting]));

    // Messages and reports are logged line by line.
    private DatabricksAuthenticationSetting Show(KeyValuePair<Setting, SettingValue> pair) =>
        new(pair.Key.Name, pair.Key.IsSecret ? Redaction.Mask : SingleLineText.Of(Redaction.Redact(pair.Value.Text)), pair.Value.Source.Description);
}
