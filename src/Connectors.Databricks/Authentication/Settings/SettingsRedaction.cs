using Connectors.Databricks.Authentication.Platform;
using Connectors.Databricks.Diagnostics;

namespace Connectors.Databricks.Authentication.Settings;

/// <summary>
/// Makes the redaction of a client: it has the configured secrets and, once there is a text to redact, those of proxies.
/// </summary>
internal static class SettingsRedaction
{
    private static readonly string[] ProxyVariables =
        ["http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"];

    public static Redaction Create(IReadOnlyDictionary<Setting, SettingValue> values, IPlatform platform)
    {
        List<string?> secrets = [];
        List<string?> addresses = [];
        foreach (var (setting, value) in values)
        {
            if (setting == SettingTable.MetadataServiceUrl)
            {
                addresses.Add(value.Text);
                addresses.Add(PathOf(value.Text));
            }
            else if (setting.IsSecret)
            {
                secrets.Add(value.Text);
            }

            secrets.AddRange(PasswordOf(value.Text));
        }

        return new Redaction(secrets, addresses, () => SecretsOfProxies(platform));
    }

    // Services receive, and may echo, only this part of a URL.
    private static string? PathOf(string address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) ? uri.PathAndQuery : null;

    private static IEnumerable<string?> SecretsOfProxies(IPlatform platform) =>
        ProxyVariables.Select(platform.Variable).OfType<string>().SelectMany(PasswordOf)
            .Append((HttpClient.DefaultProxy.Credentials as System.Net.NetworkCredential)?.Password);

    // As it is written and as it is sent. Some write a proxy without a scheme.
    private static IEnumerable<string> PasswordOf(string address)
    {
        var start = address.IndexOf("://", StringComparison.Ordinal) is >= 0 and var scheme ? scheme + 3 : 0;
        var end = address.LastIndexOf('@');
        var colon = end < start ? -1 : address.IndexOf(':', start, end - start);
        return colon < 0 ? [] : [address[(colon + 1)..end], Uri.UnescapeDataString(address[(colon + 1)..end])];
    }
}
