namespace Connectors.Databricks.Authentication.Settings;

/// <summary>One row of the table of settings: what it is called where, and what it stands for.</summary>
/// <param name="Name">Its name in code and its key in a profile, as the Databricks SDKs write it.</param>
/// <param name="Variable">Its environment variable, if it has one.</param>
/// <param name="Group">The authentication group that it configures; null if it configures none.</param>
/// <param name="IsSecret">Whether its value is shown as <c>***</c>.</param>
internal sealed record Setting(string Name, string? Variable = null, string? Group = null, bool IsSecret = false)
{
    /// <summary>A second variable, asked after <see cref="Variable"/>.</summary>
    public string? OtherVariable { get; init; }

    /// <summary>A second key in profiles, asked after <see cref="Name"/>.</summary>
    public string? OtherKey { get; init; }

    /// <summary>
    /// The request header that carries its value; null when none does. Such a value is validated when the settings are resolved.
    /// </summary>
    public string? Header { get; init; }

    /// <summary>Whether its value is yes or no.</summary>
    public bool IsFlag { get; init; }

    /// <summary>The authentication group that it configures with this value: a flag that is off configures none.</summary>
    public string? GroupOf(string text) => IsFlag && Flag.Parse(text) is not true ? null : Group;

    public override string ToString() => Name;
}
