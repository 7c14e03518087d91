using Connectors.Databricks.Endpoints.Tools;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Endpoints;

public partial class DatabricksEndpointClient
{
    /// <summary>
    /// The endpoints as tools, so that a model finds out what is served: <c>list_serving_endpoints</c>, <c>get_serving_endpoint</c>,
    /// <c>get_endpoint_schema</c> and <c>get_endpoint_metrics</c>; with options also <c>query_endpoint</c> and
    /// tools that change endpoints. Results are short JSON; what goes wrong comes as <c>error</c>, for the model to read.
    /// </summary>
    /// <param name="options">What is allowed; copied. <see langword="null"/> for reading alone.</param>
    /// <returns>Functions for <see cref="ChatOptions.Tools"/>.</returns>
    /// <exception cref="ArgumentException">Changes are allowed and nobody approves them, or a limit makes no sense.</exception>
    public virtual IReadOnlyList<AIFunction> AsTools(EndpointToolOptions? options = null)
    {
        var settings = (options ?? new()).CopyValidated();
        settings.Redaction = Redaction;
        var catalog = settings.Catalog ?? Catalog;
        List<AIFunction> tools =
        [
            new ListTool(catalog, settings),
            new GetTool(catalog, settings),
            new SchemaTool(this, settings),
            new MetricsTool(this, settings),
        ];
        if (settings.AllowQueries)
        {
            tools.Add(new QueryTool(
                settings.OpenChat ?? _openChat ?? throw new ArgumentException(
                    $"{nameof(EndpointToolOptions.AllowQueries)} needs {nameof(EndpointToolOptions.OpenChat)} here.", nameof(options)),
                settings));
        }

        if (settings.AllowChanges)
        {
            tools.AddRange([
                new StartTool(this, settings), new StopTool(this, settings), new TrafficTool(this, settings), new TagTool(this, settings),
                new DeleteTool(this, settings),
            ]);
        }

        return tools;
    }
}
