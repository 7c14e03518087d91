using Connectors.Databricks.Surfaces;
using Connectors.Databricks.Transport;

namespace Connectors.Databricks;

public partial class DatabricksServingClient
{
    private EndpointDirectory? _directory;

    /// <summary>
    /// Gets the directory of the endpoints and the model services: which there are, what each can do, and tools for models to find them.
    /// They
    /// are changed with the package Connectors.Databricks.Management.
    /// </summary>
    public virtual EndpointDirectory Directory => _directory ??= CreateDirectory(new EndpointDirectoryOptions());

    /// <summary>Gets the REST API of the workspace, for the package Connectors.Databricks.Management.</summary>
    internal WorkspaceApi Api => new(Connected(_options), Connected(_transport), _random);

    /// <summary>Gets the pager of model services, for the package Connectors.Databricks.Management.</summary>
    internal ModelServicePager ModelServices => Connected(_surfaces).Workspace.Services;

    /// <summary>Creates a directory with a cache of its own; <see cref="Directory"/> suits most apps.</summary>
    /// <param name="options">The options, which are copied.</param>
    /// <returns>A directory whose snapshots are not shared with <see cref="Directory"/>.</returns>
    /// <exception cref="ArgumentException">An option is invalid.</exception>
    public virtual EndpointDirectory CreateDirectory(EndpointDirectoryOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new EndpointDirectory(
            Api, Connected(_surfaces), Connected(_options).Models, options.CopyValidated(), name => GetChatClient(name));
    }
}
