using System.Net;

namespace Connectors.Databricks.Transport;

/// <summary>
/// The system proxy for every host except loopback, which is always direct: a proxy is another machine, and plain http, which loopback may
/// use, would expose the bearer token and the prompt to it.
/// </summary>
/// <param name="system">The system proxy at the time of the request.</param>
internal sealed class LoopbackDirectProxy(Func<IWebProxy> system) : IWebProxy
{
    /// <summary>The same rule as the one that accepts plain http (<see cref="Authentication.Settings.HostAddress"/>).</summary>
    public static readonly LoopbackDirectProxy Default = new(() => HttpClient.DefaultProxy);

    public ICredentials? Credentials
    {
        get => system().Credentials;
        set => throw new NotSupportedException("Set the credentials of HttpClient.DefaultProxy.");
    }

    public Uri? GetProxy(Uri destination) => destination.IsLoopback ? null : system().GetProxy(destination);

    public bool IsBypassed(Uri host) => host.IsLoopback || system().IsBypassed(host);
}
