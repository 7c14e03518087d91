using System.Collections.Concurrent;
using System.Net;

namespace Connectors.Databricks.Transport;

/// <summary>
/// The connections of everyone who brings no HTTP client: one pool for the process, or one per wish for its time-out. Without an
/// <see cref="HttpClient"/> around it, whose time-out could not tell a stream from a stall, and whose defaults nobody sets.
/// </summary>
internal static class SharedConnections
{
    private static readonly ConcurrentDictionary<TimeSpan, HttpMessageInvoker> ByConnectTimeout = new();

    /// <summary>The connections of all who give them as long as this to come about.</summary>
    public static HttpMessageInvoker For(TimeSpan connectTimeout) =>
        ByConnectTimeout.GetOrAdd(connectTimeout, static limit => new HttpMessageInvoker(NewHandler(limit)));

    public static SocketsHttpHandler NewHandler(TimeSpan connectTimeout) => new()
    {
        // A redirect leads to a login page or to another host; neither may receive a prompt.
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.All,
        UseCookies = false,
        Proxy = LoopbackDirectProxy.Default,

        // The handler counts to 24 days, the options to 49: nobody sees the difference.
        ConnectTimeout = connectTimeout.TotalMilliseconds > int.MaxValue ? Timeout.InfiniteTimeSpan : connectTimeout,

        // Follow DNS changes of a failover.
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        EnableMultipleHttp2Connections = true,
    };
}
