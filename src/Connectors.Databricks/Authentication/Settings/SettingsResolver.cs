using Connectors.Databricks.Authentication.Platform;
using Connectors.Databricks.Diagnostics;

namespace Connectors.Databricks.Authentication.Settings;

/// <summary>
/// Resolves each setting, in order of precedence, from code, its environment variable and a profile of the configuration file
/// (authentication reference §1, §4).
/// </summary>
internal sealed class SettingsResolver(IPlatform platform)
{
    private readonly Dictionary<Setting, SettingValue> _values = [];
    private readonly List<string> _remarks = [];
    private string? _profile;
    private bool _isHostOfProfile;

    /// <summary>Resolves the settings from code, the environment and a profile.</summary>
    /// <param name="code">The settings of the options.</param>
    /// <param name="hasCredential">
    /// Whether code sets a credential. It counts as an authentication type, so the default profile is not read, and no
    /// setting
    /// can be in conflict with it.
    /// </param>
    /// <param name="platform">Where variables and the file are.</param>
    /// <exception cref="DatabricksCredentialException">The settings conflict, or a profile or a value is invalid.</exception>
    public static ResolvedSettings Resolve(
        KeyValuePair<Setting, string?>[] code, bool hasCredential, IPlatform platform)
    {
        var resolver = new SettingsResolver(platform);
        resolver.TakeCode(code);
        resolver.TakeVariables();
        resolver.TakeProfile(hasCredential);
        ModelServingHost.Fill(resolver._values, platform);
        return resolver.Finish(hasCredential);
    }

    /// <summary>Resolves the settings from code only.</summary>
    public static ResolvedSettings ResolveCodeAlone(KeyValuePair<Setting, string?>[] code, IPlatform platform)
    {
        var resolver = new SettingsResolver(platform);
        resolver.TakeCode(code);
        return resolver.Finish(hasCredential: false);
    }

    private void TakeCode(KeyValuePair<Setting, string?>[] code)
    {
        foreach (var (setting, text) in code)
        {
            Take(setting, text, SettingSource.Code);
        }
    }

    private void Take(Setting setting, string? text, SettingSource source)
    {
        if (!string.IsNullOrEmpty(text))
        {
            _values.TryAdd(setting, new SettingValue(text, source));
        }
    }

    private void TakeVariables()
    {
        foreach (var setting in SettingTable.All)
        {
            TakeVariable(setting, setting.Variable);
            TakeVariable(setting, setting.OtherVariable);
        }
    }

    private void TakeVariable(Setting setting, string? name)
    {
        if (name is not null && platform.Variable(name) is { Length: > 0 } text)
        {
            Take(setting, text, SettingSource.Variable(name));
        }
    }

    private void TakeProfile(bool hasCredential)
    {
        var isNamed = _values.TryGetValue(SettingTable.Profile, out var named);

        // With a configured credential or host, the default profile must not be merged: its token would be sent to a host that it is not
        // for.
        if (!isNamed && (hasCredential || IsIdentified()))
        {
            return;
        }

        if (ConfigProfile.Read(platform, _values.GetValueOrDefault(SettingTable.ConfigFile)?.Text, named?.Text, Fail) is not { } profile)
        {
            return;
        }

        _profile = profile.Name;
        var source = SettingSource.ProfileOf(profile.Path, profile.Name);
        var hostBefore = _values.GetValueOrDefault(SettingTable.Host);
        foreach (var setting in SettingTable.All)
        {
            Take(setting, profile.Value(setting), source);
        }

        RemarkOnCapitals(profile);
        _isHostOfProfile = !IsForeign(profile, hostBefore);
        if (!_isHostOfProfile)
        {
            WarnOfForeignHost(profile, hostBefore!);
        }
    }

    // Keys are case-sensitive in every client, so such a key has no effect; without this warning it would be ignored silently.
    private void RemarkOnCapitals(ConfigProfile profile)
    {
        foreach (var key in profile.Keys)
        {
            var names = SettingTable.All.SelectMany(setting => new[] { setting.Name, setting.OtherKey }).OfType<string>();
            if (names.FirstOrDefault(name => name.Equals(key, StringComparison.OrdinalIgnoreCase)) is { } name && name != key)
            {
                _remarks.Add(
                    $"'{SingleLineText.Of(key)}' of profile '{profile.Name}' in {profile.Path} is ignored, because keys are lowercase. " +
                    $"Write it as '{name}'.");
            }
        }
    }

    // Ignored silently by the SDKs, and the remaining scopes may differ from the intended ones: ',' alone means all-apis.
    private void RemarkOnScopes()
    {
        if (_values.TryGetValue(SettingTable.Scopes, out var value)
            && value.Text.Split(',', StringSplitOptions.TrimEntries).Any(scope => scope.Length == 0
                || scope.Contains("  ", StringComparison.Ordinal)))
        {
            _remarks.Add(
                $"scopes (from {value.Source.Description}) has an empty entry, which is ignored: there are two separators in a row, or " +
                "one at an end.");
        }
    }

    private bool IsIdentified()
    {
        foreach (var (setting, value) in _values)
        {
            if (setting == SettingTable.Host || setting.GroupOf(value.Text) is not null)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsForeign(ConfigProfile profile, SettingValue? host) =>
        host is not null && profile.Value(SettingTable.Host) is { Length: > 0 } own && !HasSameAuthority(host.Text, own);

    // Documented behavior of every SDK, and a likely mistake: the secrets of a profile are sent to a host other than that of the profile.
    private void WarnOfForeignHost(ConfigProfile profile, SettingValue host)
    {
        var secrets = _values.Where(pair => pair.Key.IsSecret && pair.Value.Source.IsProfile).Select(pair => pair.Key.Name).ToList();
        if (secrets.Count > 0)
        {
            _remarks.Add(
                $"{string.Join(" and ", secrets)} of profile '{profile.Name}' will be sent to a host that the profile does not name: " +
                $"host came from {host.Source.Description}.");
        }
    }

    private static bool HasSameAuthority(string host, string other) => Address(host) is { } address && address == Address(other);

    private static Uri? Address(string host)
    {
        try
        {
            return HostAddress.Parse(host).Address;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private ResolvedSettings Finish(bool hasCredential)
    {
        CheckFlags();
        CheckAuthorizationDetails();
        RemarkOnScopes();
        if (!hasCredential)
        {
            CheckConflict();
        }

        var settings = new ResolvedSettings(_values, Normalized(), _profile, _remarks)
        {
            IsHostOfProfile = _isHostOfProfile,
            UnreadVariables = LiteLLMVariables.Hint(platform),
            Redaction = SettingsRedaction.Create(_values, platform),
        };
        HeaderSettings.Check(settings);
        return settings;
    }

    private void CheckFlags()
    {
        foreach (var setting in SettingTable.All.Where(setting => setting.IsFlag))
        {
            if (_values.TryGetValue(setting, out var value) && Flag.Parse(value.Text) is null)
            {
                throw Fail(
                    DatabricksCredentialFailure.InvalidConfiguration,
                    $"{setting.Name} is '{value.Text}' (from {value.Source.Description}), which is neither true nor false.");
            }
        }
    }

    private void CheckAuthorizationDetails()
    {
        if (_values.TryGetValue(SettingTable.AuthorizationDetails, out var value) && !AuthorizationDetailsJson.IsValid(value.Text))
        {
            throw Fail(
                DatabricksCredentialFailure.InvalidConfiguration,
                $"authorization_details (from {value.Source.Description}) is not a JSON array of objects that each have a 'type'.");
        }
    }

    private void CheckConflict()
    {
        string? first = null;
        foreach (var (setting, value) in _values)
        {
            if (setting.GroupOf(value.Text) is { } group && group != (first ??= group) && !_values.ContainsKey(SettingTable.AuthType))
            {
                throw CredentialExceptions.Conflict(Found());
            }
        }
    }

    private Uri? Normalized()
    {
        if (!_values.TryGetValue(SettingTable.Host, out var value))
        {
            return null;
        }

        try
        {
            var host = HostAddress.Parse(value.Text);
            Take(SettingTable.WorkspaceId, host.WorkspaceId, SettingSource.HostQuery);
            Take(SettingTable.AccountId, host.AccountId, SettingSource.HostQuery);
            Reduce(_values, value, host.Address);
            return host.Address;
        }
        catch (FormatException exception)
        {
            if (value.Source == SettingSource.Code)
            {
                throw new ArgumentException($"Host {exception.Message}");
            }

            throw Fail(DatabricksCredentialFailure.NoHost, $"host (from {value.Source.Description}) {exception.Message}");
        }
    }

    private DatabricksCredentialException Fail(DatabricksCredentialFailure failure, string message) =>
        CredentialExceptions.Unresolved(failure, message, Found());

    /// <summary>The settings found so far, for display.</summary>
    private ResolvedSettings Found()
    {
        var values = new Dictionary<Setting, SettingValue>(_values);
        if (values.TryGetValue(SettingTable.Host, out var host))
        {
            Reduce(values, host, Address(host.Text));
        }

        return new ResolvedSettings(values, null, _profile, _remarks) { Redaction = SettingsRedaction.Create(_values, platform) };
    }

    // Shown without what is cut off, and not at all when nothing is left: an address may contain a user and a password.
    private static void Reduce(Dictionary<Setting, SettingValue> values, SettingValue host, Uri? address)
    {
        if (address is null)
        {
            values.Remove(SettingTable.Host);
        }
        else
        {
            values[SettingTable.Host] = host with { Text = address.GetLeftPart(UriPartial.Authority) };
        }
    }
}
