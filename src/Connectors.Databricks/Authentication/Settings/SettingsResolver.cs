using Connectors.Databricks.Authentication.Platform;
using Connectors.Databricks.Diagnostics;
using Connectors.Databricks.Wire;

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
        IEnumerable<KeyValuePair<Setting, string?>> code, bool hasCredential, IPlatform platform)
    {
        var resolver = new SettingsResolver(platform);
        resolver.Take(code, _ => SettingSource.Code);
        resolver.TakeVariables();
        resolver.TakeProfile(hasCredential);
        ModelServingHost.Fill(resolver._values, platform);
        return resolver.Finish(hasCredential);
    }

    /// <summary>Resolves the settings from code only.</summary>
    public static ResolvedSettings ResolveCodeAlone(IEnumerable<KeyValuePair<Setting, string?>> code, IPlatform platform)
    {
        var resolver = new SettingsResolver(platform);
        resolver.Take(code, _ => SettingSource.Code);
        return resolver.Finish(hasCredential: false);
    }

    private void Take(IEnumerable<KeyValuePair<Setting, string?>> values, Func<Setting, SettingSource> source)
    {
        foreach (var (setting, text) in values)
        {
            if (!string.IsNullOrEmpty(text))
            {
                _values.TryAdd(setting, new SettingValue(text, source(setting)));
            }
        }
    }

    private void TakeVariables()
    {
        foreach (var setting in SettingTable.All)
        {
            foreach (var name in new[] { setting.Variable, setting.OtherVariable })
            {
                if (name is not null)
                {
                    Take([KeyValuePair.Create(setting, platform.Variable(name))], _ => SettingSource.Variable(name));
                }
            }
        }
    }

    private void TakeProfile(bool hasCredential)
    {
        var isNamed = _values.TryGetValue(SettingTable.Profile, out var named);

        // With a configured credential or host, the default profile must not be merged: its token would be sent to a host that it is not
        // for.
        if (!isNamed && (hasCredential || _values.Any(Identifies)))
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
        Take(SettingTable.All.Select(setting => KeyValuePair.Create(setting, profile.Value(setting))), _ => source);
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

    private static bool Identifies(KeyValuePair<Setting, SettingValue> pair) =>
        pair.Key.GroupOf(pair.Value.Text) is not null || pair.Key == SettingTable.Host;

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
        CheckHeaders(settings);
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

    // Before any request: a line break in such a value would start another header or another request.
    private static void CheckHeaders(ResolvedSettings settings)
    {
        foreach (var setting in SettingTable.All.Where(setting => setting.Header is not null && settings[setting] is not null))
        {
            try
            {
                RequestHeader.Create(setting.Header!, settings[setting]!, settings.Origin(setting));
            }
            catch (DatabricksCredentialException exception)
            {
                if (IsOfCode(setting, settings))
                {
                    throw new ArgumentException(exception.Message);
                }

                throw CredentialExceptions.Unresolved(exception.Failure, exception.Message, settings);
            }
        }
    }

    private static bool IsOfCode(Setting setting, ResolvedSettings settings) =>
        settings.Source(settings.Source(setting) == SettingSource.HostQuery ? SettingTable.Host : setting) == SettingSource.Code;

    private void CheckConflict()
    {
        var found = Found();
        if (found.Groups.Count > 1 && !_values.ContainsKey(SettingTable.AuthType))
        {
            throw CredentialExceptions.Conflict(found);
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
            Take(
                [new(SettingTable.WorkspaceId, host.WorkspaceId), new(SettingTable.AccountId, host.AccountId)],
                _ => SettingSource.HostQuery);
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
