namespace Connectors.Databricks.Authentication.Settings;

/// <summary>A setting: its names and its meaning.</summary>
/// <param name="Name">The name in code and the key in a profile, as in the Databricks SDKs.</param>
/// <param name="Variable">The environment variable, if any.</param>
/// <param name="Group">The authentication group that it configures; null if it configures none.</param>
/// <param name="IsSecret">Whether the value is displayed as <c>***</c>.</param>
internal sealed record Setting(string Name, string? Variable = null, string? Group = null, bool IsSecret = false)
{
    /// <summary>A second variable, read after <see cref="Variable"/>.</summary>
    public string? OtherVariable { get; init; }

    /// <summary>A second key in profiles, read after <see cref="Name"/>.</summary>
    public string? OtherKey { get; init; }

    /// <summary>
    /// The request header with its value; null if there is none. Such a value is validated when the settings are resolved.
    /// </summary>
    public string? Header { get; init; }

    /// <summary>Whether the value is a Boolean.</summary>
    public bool IsFlag { get; init; }

    /// <summary>The authentication group that it configures with this value: a flag that is off configures none.</summary>
    public string? GroupOf(string text) => IsFlag && Flag.Parse(text) is not true ? null : Group;

    /// <summary>Each setting is one object of <see cref="SettingTable"/>.</summary>
    public bool Equals(Setting? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Name;
}
