namespace Connectors.Databricks.Tests.TestServices;

/// <summary>Invokes a callback after the inner handler has responded and before the caller gets the response.</summary>
internal sealed class CallbackHandler(HttpMessageHandler inner, Action callback) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        callback();
        return response;
    }
}
