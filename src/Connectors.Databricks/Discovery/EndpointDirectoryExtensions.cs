using Connectors.Databricks.Discovery.Tools;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks;

/// <summary>Creates tools from an <see cref="EndpointDirectory"/>.</summary>
public static class EndpointDirectoryExtensions
{
    /// <summary>
    /// Creates tools with which a model finds and inspects endpoints: <c>list_serving_endpoints</c>, <c>get_serving_endpoint</c> and
    /// <c>get_endpoint_schema</c>, and <c>query_endpoint</c> if it is allowed. Results are short JSON; errors are returned as <c>error</c>,
    /// for the
    /// model to read. None of them changes anything.
    /// </summary>
    /// <param name="directory">The directory of the workspace.</param>
    /// <param name="options">The options, which are copied; <see langword="null"/> for the defaults.</param>
    /// <returns>Functions for <see cref="ChatOptions.Tools"/>.</returns>
    /// <exception cref="ArgumentException">An option is invalid, or <c>query_endpoint</c> has no chat client factory.</exception>
    public static IReadOnlyList<AIFunction> CreateTools(this EndpointDirectory directory, EndpointToolOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(directory);
        var settings = (options ?? new()).CopyValidated();
        var context = new ToolContext(settings.MaxResultLength, directory.Redaction);
        List<AIFunction> tools = [new ListTool(directory, context), new GetTool(directory, context), new SchemaTool(directory, context)];
        if (settings.AllowQueries)
        {
            tools.Add(new QueryTool(
                settings.ChatClientFactory ?? directory.ChatClientFactory ?? throw new ArgumentException(
                    $"{nameof(EndpointToolOptions.AllowQueries)} requires {nameof(EndpointToolOptions.ChatClientFactory)} for this " +
                    $"directory.",
                    nameof(options)),
                context));
        }

        return tools;
    }
}
