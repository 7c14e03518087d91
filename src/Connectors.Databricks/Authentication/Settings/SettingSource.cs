namespace Connectors.Databricks.Authentication.Settings;

/// <summary>The source of a value, worded to follow "from".</summary>
internal sealed record SettingSource(string Description)
{
    public static readonly SettingSource Code = new("code");

    /// <summary>The query of the host.</summary>
    public static readonly SettingSource HostQuery = new("the query of host");

    /// <summary>Whether the value was set explicitly, and not discovered.</summary>
    public bool IsProfile { get; private init; }

    public static SettingSource Variable(string name) => new($"environment variable {name}");

    public static SettingSource ProfileOf(string path, string profile) => new($"profile '{profile}' of {path}") { IsProfile = true };
}

/// <summary>A value and its source.</summary>
internal sealed record SettingValue(string Text, SettingSource Source)
{
    // The value may be a secret.
    public override string ToString() => $"SettingValue(from {Source.Description})";
}
