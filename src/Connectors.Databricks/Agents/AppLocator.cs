using Connectors.Databricks.Authentication;
using Connectors.Databricks.Authentication.Apps;
using Connectors.Databricks.Authentication.Tokens;
using Connectors.Databricks.Diagnostics;
using Connectors.Databricks.Transport;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Agents;

/// <summary>Finds the host of an app: the address of the caller, or that of its name, looked up once.</summary>
internal sealed class AppLocator
{
    private readonly RequestAuthenticator _workspace;
    private readonly SingleFlight<AppHost>? _lookup;
    private volatile AppHost? _host;

    /// <summary>Locates an app by its address.</summary>
    /// <exception cref="ArgumentException">The address is not one that tokens may be sent to.</exception>
    public AppLocator(Uri address, RequestAuthenticator workspace)
    {
        _workspace = workspace;
        var problem = Problem(address);
        _host = problem is null ? NewHost(address) : throw new ArgumentException($"The address of the app {problem}.", nameof(address));
    }

    /// <summary>Locates an app by its name.</summary>
    public AppLocator(string appName, WorkspaceApi api, RequestAuthenticator workspace)
    {
        _workspace = workspace;
        _lookup = new SingleFlight<AppHost>(stop => LookUpAsync(appName, api, stop));
    }

    /// <exception cref="DatabricksServingException">The app does not exist, or its address cannot be used.</exception>
    public async ValueTask<AppHost> GetAsync(CancellationToken cancellationToken) =>
        _host ??= await _lookup!.RunAsync(cancellationToken).ConfigureAwait(false);

    private async Task<AppHost> LookUpAsync(string appName, WorkspaceApi api, CancellationToken cancellationToken)
    {
        var call = WorkspaceApi.Get($"Looking up app '{appName}'", string.Empty, api.At("apps", appName), AgentHints.ForLookup);
        var document = await api.SendAsync(call, WorkspaceDocument.ReadElement, cancellationToken).ConfigureAwait(false);
        var text = document.TextOf("url");
        return Uri.TryCreate(text, UriKind.Absolute, out var address) && Problem(address) is null ? NewHost(address) :
            throw new DatabricksServingException(_workspace.Redaction, new ServingFailure
            {
                Kind = DatabricksServingErrorKind.InvalidResponse,
                Message = $"{call} failed: " + (string.IsNullOrEmpty(text)
                    ? "the app has no address yet. Deploy and start it."
                    : $"its address, '{text}', {(address is null ? "is not one" : Problem(address))}, so no token is sent to it."),
            });
    }

    private AppHost NewHost(Uri address)
    {
        var root = new Uri(address.GetLeftPart(UriPartial.Authority));
        return new AppHost(root, new AppAuthenticator(root, _workspace));
    }

    // A token must not be sent in clear text, except on the machine itself, where the emulator is.
    private static string? Problem(Uri address) =>
        !address.IsAbsoluteUri ? "is relative" :
        address.Scheme != Uri.UriSchemeHttps && !(address.Scheme == Uri.UriSchemeHttp && address.IsLoopback) ? "does not use https" :
        address.UserInfo.Length > 0 ? "contains a user name" :
        address.PathAndQuery != "/" || address.Fragment.Length > 0 ? "has a path or a query" :
        null;
}
