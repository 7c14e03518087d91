using System.Net;
using Connectors.Databricks.Authentication.Hosts;
using Connectors.Databricks.Authentication.Settings;
using Connectors.Databricks.Authentication.Tokens;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Authentication.Sources;

/// <summary>Looks up the address of an Azure workspace by its resource id, and its tenant.</summary>
internal static class AzureWorkspace
{
    private const string ResourceStart = "/subscriptions/";

    /// <summary>
    /// Validates the resource id when the host is looked up by it: it becomes part of an address that a token is sent to.
    /// </summary>
    /// <exception cref="DatabricksCredentialException">The resource id is invalid.</exception>
    public static void CheckResourceId(ResolvedSettings settings)
    {
        if (settings.Host is null
            && settings[SettingTable.AzureWorkspaceResourceId] is { } id
            && (!Rooted(id).StartsWith(ResourceStart, StringComparison.OrdinalIgnoreCase) || id.AsSpan().ContainsAny('?', '#')))
        {
            throw CredentialExceptions.Provider($"azure_workspace_resource_id '{id}' is no resource id; those start with {ResourceStart}.");
        }
    }

    /// <summary>Gets the address of a workspace that is configured by its resource id only.</summary>
    public static async Task<Uri> FindAsync(
        CredentialSourceContext context, AzureCloud cloud, Func<string, CancellationToken, Task<DatabricksAccessToken>> tokenFor,
        CancellationToken cancellationToken)
    {
        const string purpose = "Requesting the workspace URL from Azure";
        var resource = Rooted(context.Settings[SettingTable.AzureWorkspaceResourceId]!);
        var token = await tokenFor(cloud.ResourceManager.AbsoluteUri, cancellationToken).ConfigureAwait(false);
        var address = new Uri(cloud.ResourceManager, $"{resource}?api-version=2018-04-01");
        var call = new TokenCall(purpose, HttpMethod.Get, address)
        {
            Headers = [RequestHeader.Authorization("Bearer", token.Value, "The token for Azure's resource manager")],
        };
        var answer = await context.Requests.Hiding(token.Value).GetObjectAsync(call, cancellationToken).ConfigureAwait(false);
        if (!answer.TryGetProperty("properties", out var properties)
            || properties.ValueKind != System.Text.Json.JsonValueKind.Object
            || TokenFromWire.Text(properties, "workspaceUrl") is not { Length: > 0 } url)
        {
            throw new TokenCallException($"{purpose}: the response has no 'properties.workspaceUrl'.");
        }

        try
        {
            return HostAddress.Parse(url).Address;
        }
        catch (FormatException exception)
        {
            throw new TokenCallException($"{purpose}: 'properties.workspaceUrl' of the response {exception.Message}");
        }
    }

    private static string Rooted(string resourceId) => resourceId.StartsWith('/') ? resourceId : $"/{resourceId}";

    /// <summary>The configured tenant, or the one that the login page of the workspace redirects to.</summary>
    public static async Task<string> TenantAsync(CredentialSourceContext context, string path, CancellationToken cancellationToken)
    {
        if (context.Settings[SettingTable.AzureTenantId] is { } tenant)
        {
            return tenant;
        }

        const string purpose = "Requesting the Entra tenant from the workspace";
        if (context.Settings.Host is not { } host)
        {
            throw CredentialExceptions.Provider($"{purpose}: there is no host to query. Set ARM_TENANT_ID.");
        }

        var call = new TokenCall(purpose, HttpMethod.Get, new Uri(host, path)) { AttemptTimeout = TimeSpan.FromSeconds(10) };
        var location = await context.Requests.GetRedirectAsync(call, cancellationToken).ConfigureAwait(false);
        return location is { IsAbsoluteUri: true, Segments: [_, var first, ..] } && first.Trim('/') is { Length: > 0 } found
            ? WebUtility.UrlDecode(found)
            : throw new TokenCallException($"{purpose}: {host.Host} does not redirect to a login page that names one. Set ARM_TENANT_ID.");
    }
}
