using System.Diagnostics.CodeAnalysis;
using Connectors.Databricks.Diagnostics;

namespace Connectors.Databricks.Authentication.Settings;

/// <summary>The resolved settings with the source of each value. Immutable.</summary>
internal sealed class ResolvedSettings(
    IReadOnlyDictionary<Setting, SettingValue> values, Uri? host, string? profile, IReadOnlyList<string> remarks)
{
    /// <summary>The scheme and authority of the workspace; null if it must be looked up.</summary>
    public Uri? Host => host;

    /// <summary>The profile that was read; null if none was.</summary>
    public string? Profile => profile;

    /// <summary>
    /// Whether the host is that of the profile, or the profile has none: the credentials of the profile may be sent to it.
    /// </summary>
    public bool IsHostOfProfile { get; init; }

    /// <summary>What to do about variables of other tools, which are not read; null if there are none.</summary>
    public string? UnreadVariables { get; init; }

    /// <summary>Likely mistakes, which are logged as warnings.</summary>
    public IReadOnlyList<string> Remarks => remarks;

    /// <summary>Redacts the secrets of the settings and of proxies.</summary>
    public Redaction Redaction { get; init; } = new([]);

    public string? this[Setting setting] => values.GetValueOrDefault(setting)?.Text;

    public SettingSource? Source(Setting setting) => values.GetValueOrDefault(setting)?.Source;

    /// <summary>The setting and its source for messages: <c>workspace_id (from code)</c>.</summary>
    public string Origin(Setting setting) => Source(setting) switch
    {
        null => setting.Name,
        var source when source == SettingSource.HostQuery =>
            $"{setting.Name} (from {source.Description}, {Source(SettingTable.Host)?.Description})",
        var source => $"{setting.Name} (from {source.Description})",
    };

    public bool Has(Setting setting, [NotNullWhen(true)] out string? value) => (value = this[setting]) is not null;

    /// <summary>Whether a flag is set; its value was validated when it was resolved.</summary>
    public bool IsOn(Setting setting) => this[setting] is { } text && Flag.Parse(text) is true;

    /// <summary>The settings for display, in the order of the table; secrets are masked.</summary>
    public IReadOnlyList<DatabricksAuthenticationSetting> Shown => [.. Present.Select(Show)];

    /// <summary>The authentication groups with a configured setting, in alphabetical order.</summary>
    public IReadOnlyList<string> Groups =>
        [.. Present.Select(pair => pair.Key.GroupOf(pair.Value.Text)).OfType<string>().Distinct().Order(StringComparer.Ordinal)];

    public IEnumerable<KeyValuePair<Setting, SettingValue>> Present =>
        SettingTable.All.Where(values.ContainsKey).Select(setting => KeyValuePair.Create(setting, values[setting]));

    // Messages and reports are logged line by line.
    private DatabricksAuthenticationSetting Show(KeyValuePair<Setting, SettingValue> pair) =>
        new(
            pair.Key.Name, pair.Key.IsSecret ? Redaction.Mask : SingleLineText.Of(Redaction.Redact(pair.Value.Text)),
            pair.Value.Source.Description);
}
