using System.Net;
using Connectors.Databricks.Tests.TestServices;
using Connectors.Databricks.Transport;

namespace Connectors.Databricks.Tests.Transport;

/// <summary>
/// A proxy is another machine: what goes to loopback does not go there, for it may be plain http with the token and the prompt.
/// </summary>
public class LoopbackProxyTests
{
    private static readonly LoopbackDirectProxy Proxied = new(
        () => new WebProxy("http://proxy:8080") { Credentials = CredentialCache.DefaultCredentials });

    [Theory]
    [InlineData("http://localhost:8080/x")]
    [InlineData("https://localhost")]
    [InlineData("http://127.0.0.1")]
    [InlineData("http://127.1.2.3:5000")]
    [InlineData("http://[::1]:5000")]
    public void Loopback_is_direct_whatever_the_proxy_says(string address) =>
        Assert.Equal((true, null), (Proxied.IsBypassed(new Uri(address)), Proxied.GetProxy(new Uri(address))));

    [Theory]
    [InlineData("https://some-workspace.cloud.databricks.com")]
    [InlineData("https://127.0.0.1.evil.example")]
    [InlineData("https://localhost.evil.example")]
    public void Every_other_host_is_asked_as_the_system_says(string address) =>
        Assert.Equal((false, new Uri("http://proxy:8080")), (Proxied.IsBypassed(new Uri(address)), Proxied.GetProxy(new Uri(address))));

    [Fact]
    public void The_systems_credentials_are_used_and_not_changed()
    {
        Assert.Same(CredentialCache.DefaultCredentials, Proxied.Credentials);
        Assert.Throws<NotSupportedException>(() => Proxied.Credentials = null);
    }

    [Fact]
    public void The_connectors_own_connections_use_it()
    {
        using var handler = SharedConnections.NewHandler(TimeSpan.FromSeconds(1));

        Assert.Same(LoopbackDirectProxy.Default, handler.Proxy);
    }

    [Fact]
    public async Task A_request_to_loopback_reaches_it_and_not_the_proxy()
    {
        await using var service = new LoopbackServer().Answers("200 OK", "{}");
        await using var proxy = new LoopbackServer().Answers("200 OK", "{}");
        using var handler = SharedConnections.NewHandler(TimeSpan.FromSeconds(10));
        handler.Proxy = new LoopbackDirectProxy(() => new WebProxy(proxy.Address));
        using var http = new HttpMessageInvoker(handler);
        using var request = new HttpRequestMessage(HttpMethod.Get, service.Address);

        using var response = await http.SendAsync(request, CancellationToken.None);

        Assert.Equal((1, 0), (service.Requests.Count, proxy.Requests.Count));
    }
}
