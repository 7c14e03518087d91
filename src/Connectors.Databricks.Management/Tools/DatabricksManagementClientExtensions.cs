using Connectors.Databricks.Discovery.Tools;
using Connectors.Databricks.Management.Tools;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Management;

/// <summary>Creates tools from a <see cref="DatabricksManagementClient"/>.</summary>
public static class DatabricksManagementClientExtensions
{
    /// <summary>
    /// Creates tools that let a model monitor endpoints (<c>get_endpoint_metrics</c>) and, if allowed, start, stop, delete and tag them,
    /// set their traffic, and set the traffic of model services and delete them. Combine them with the tools of
    /// <see cref="EndpointDirectoryExtensions.CreateTools"/>, which find endpoints.
    /// </summary>
    /// <param name="management">The client.</param>
    /// <param name="options">The options, which are copied; <see langword="null"/> for reading only.</param>
    /// <returns>Functions for <see cref="ChatOptions.Tools"/>.</returns>
    /// <exception cref="ArgumentException">Changes are allowed without an approval, or a limit is invalid.</exception>
    public static IReadOnlyList<AIFunction> CreateTools(this DatabricksManagementClient management, ManagementToolOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(management);
        var settings = (options ?? new()).CopyValidated();
        var context = new ToolContext(settings.MaxResultLength, management.Redaction);
        List<AIFunction> tools = [new MetricsTool(management, context)];
        if (settings is { AllowChanges: true, ApproveChange: { } approval })
        {
            ChangeApproval approve = approval.Invoke;
            tools.AddRange([
                new StartTool(management, approve, context), new StopTool(management, approve, context),
                new TrafficTool(management, approve, context), new TagTool(management, approve, context),
                new DeleteTool(management, approve, context), new ServiceTrafficTool(management, approve, context),
                new DeleteServiceTool(management, approve, context),
            ]);
        }

        return tools;
    }
}
