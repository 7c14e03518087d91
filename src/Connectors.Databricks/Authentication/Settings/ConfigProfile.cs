using Connectors.Databricks.Authentication.Platform;

namespace Connectors.Databricks.Authentication.Settings;

/// <summary>One profile of the configuration file, chosen by the rules of authentication reference §4.2 to §4.4.</summary>
internal sealed class ConfigProfile
{
    public const string DefaultPath = "~/.databrickscfg";

    private const string SettingsSection = "__settings__";
    private const string DefaultName = "DEFAULT";

    private readonly Dictionary<string, string> _keys;

    private ConfigProfile(string path, string name, Dictionary<string, string> keys)
    {
        Path = path;
        Name = name;
        _keys = keys;
    }

    public string Path { get; }

    public string Name { get; }

    /// <summary>The keys as they are written.</summary>
    public IEnumerable<string> Keys => _keys.Keys;

    public string? Value(Setting setting) =>
        NotEmpty(_keys.GetValueOrDefault(setting.Name)) ?? (setting.OtherKey is null ? null : _keys.GetValueOrDefault(setting.OtherKey));

    /// <param name="platform">Where the file is.</param>
    /// <param name="file">The requested file; null for the default one.</param>
    /// <param name="named">The requested profile; null for none.</param>
    /// <param name="fail">Makes the exception.</param>
    /// <returns>Null when there is no file, or no default profile in it.</returns>
    public static ConfigProfile? Read(
        IPlatform platform, string? file, string? named, Func<DatabricksCredentialFailure, string, Exception> fail)
    {
        var shown = file ?? DefaultPath;
        if (named == SettingsSection)
        {
            throw Reserved(shown, fail);
        }

        if (Expanded(shown, platform.HomeFolder) is not { } path || Parse(platform, path, shown, fail) is not { } sections)
        {
            // Not an error even when a profile is named, as in the SDKs: the environment may contain all settings.
            return null;
        }

        var chosen = named ?? NotEmpty(sections.GetValueOrDefault(SettingsSection)?.GetValueOrDefault("default_profile")?.Trim());
        if (chosen == SettingsSection)
        {
            throw Reserved(shown, fail);
        }

        if (sections.TryGetValue(chosen ?? DefaultName, out var keys) && keys.Count > 0)
        {
            return new ConfigProfile(shown, chosen ?? DefaultName, keys);
        }

        return chosen is null ? null : throw fail(
            DatabricksCredentialFailure.ProfileNotFound,
            $"{shown} has no {chosen} profile configured. {Advice(sections)}");
    }

    // Only a missing file may be ignored: one that cannot be read may hold the profile that was meant.
    private static Dictionary<string, Dictionary<string, string>>? Parse(
        IPlatform platform, string path, string shown, Func<DatabricksCredentialFailure, string, Exception> fail)
    {
        try
        {
            return ConfigFile.Parse(platform.ReadFile(path));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception exception) when (
            exception is FormatException or IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw fail(
                DatabricksCredentialFailure.InvalidConfiguration,
                $"The configuration file {shown} cannot be read: {exception.Message.TrimEnd('.')}.");
        }
    }

    private static Exception Reserved(string shown, Func<DatabricksCredentialFailure, string, Exception> fail) =>
        fail(
            DatabricksCredentialFailure.ReservedProfile,
            $"{shown}: {SettingsSection} is a reserved section name and cannot be used as a profile.");

    private static string Advice(Dictionary<string, Dictionary<string, string>> sections)
    {
        var names = sections.Where(section => section.Key != SettingsSection && section.Value.Count > 0).Select(section => section.Key)
            .ToList();
        return names.Count == 0
            ? "It has no profile at all; 'databricks auth login' makes one."
            : $"It has: {string.Join(", ", names)}. Names are case-sensitive.";
    }

    // Without a home folder there is no file in it; the root folder, which others may write to on Windows, is no substitute.
    private static string? Expanded(string path, string home) => path switch
    {
        not ("~" or ['~', '/' or '\\', ..]) => path,
        _ when home.Length == 0 => null,
        _ => System.IO.Path.Join(home, path[1..]),
    };

    private static string? NotEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
