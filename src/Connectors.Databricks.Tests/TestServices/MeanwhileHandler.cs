namespace Connectors.Databricks.Tests.TestServices;

/// <summary>Does something between the answer of the handler below and the hands of the caller.</summary>
internal sealed class MeanwhileHandler(HttpMessageHandler inner, Action act) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        act();
        return response;
    }
}
