using System.Collections.Concurrent;
using System.Net;

namespace Connectors.Databricks.Transport;

/// <summary>
/// The connection pools of clients without a custom HTTP client: one per process and connect timeout. There is no <see cref="HttpClient"/>
/// around it, whose timeout does not distinguish a stream from a stall.
/// </summary>
internal static class SharedConnections
{
    private static readonly Lazy<HttpMessageInvoker> Default =
        new(static () => new HttpMessageInvoker(NewHandler(DatabricksServingOptions.DefaultConnectTimeout)));

    // Created on first use: the JIT compiles each method of a dictionary for such a key, and most apps use one connect timeout.
    private static readonly Lazy<ConcurrentDictionary<TimeSpan, HttpMessageInvoker>> ByConnectTimeout = new(static () => new());

    /// <summary>Gets the connection pool for a connect timeout.</summary>
    public static HttpMessageInvoker For(TimeSpan connectTimeout) =>
        connectTimeout == DatabricksServingOptions.DefaultConnectTimeout
            ? Default.Value
            : ByConnectTimeout.Value.GetOrAdd(connectTimeout, static limit => new HttpMessageInvoker(NewHandler(limit)));

    public static SocketsHttpHandler NewHandler(TimeSpan connectTimeout) => new()
    {
        // A redirect leads to a login page or to another host; neither may receive a prompt.
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.All,
        UseCookies = false,
        Proxy = LoopbackDirectProxy.Default,

        // The handler allows 24 days, the options 49.
        ConnectTimeout = connectTimeout.TotalMilliseconds > int.MaxValue ? Timeout.InfiniteTimeSpan : connectTimeout,

        // Follow DNS changes of a failover.
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        EnableMultipleHttp2Connections = true,
    };
}
