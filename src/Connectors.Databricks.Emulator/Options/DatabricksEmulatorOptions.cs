namespace Connectors.Databricks.Emulator;

/// <summary>Options of a <see cref="DatabricksEmulator"/>. They are copied when it starts; later changes have no effect.</summary>
public sealed class DatabricksEmulatorOptions
{
    /// <summary>Gets or sets the port on 127.0.0.1.</summary>
    /// <value>0: any free port, so that tests can run in parallel.</value>
    public int Port { get; set; }

    /// <summary>Gets or sets the workspace id sent in <c>x-databricks-org-id</c>.</summary>
    /// <value><c>1234567890123456</c></value>
    public string WorkspaceId { get; set; } = "1234567890123456";

    /// <summary>
    /// Gets or sets the Entra tenant of an Azure workspace: <c>/aad/auth</c> redirects to it, the host metadata names Azure as the cloud,
    /// and OAuth tokens are rejected from 30 seconds before they expire.
    /// </summary>
    /// <value>null: the workspace is on AWS.</value>
    public string? AzureTenantId { get; set; }

    /// <summary>Gets or sets the kind of workspace: where foundation models are served, and under which names.</summary>
    /// <value><see cref="EmulatedWorkspace.Classic"/>: endpoints and model services side by side.</value>
    public EmulatedWorkspace Workspace { get; set; }

    /// <summary>Gets or sets a value indicating whether the emulator starts with the endpoints listed in the documentation.</summary>
    /// <value>true</value>
    public bool AddsDefaultEndpoints { get; set; } = true;

    /// <summary>
    /// Gets or sets a value indicating whether requests are rejected without evidence that the service accepts them: parameters without
    /// evidence, and what only other hosts of a model are known to reject.
    /// </summary>
    /// <value>false</value>
    public bool Strict { get; set; }

    /// <summary>Gets or sets the clock of <c>created</c>, token lifetimes, delays and pauses.</summary>
    /// <value><see cref="TimeProvider.System"/></value>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>Gets or sets the delay before each streamed event, which makes streaming visible in demos.</summary>
    /// <value>Zero</value>
    public TimeSpan TokenDelay { get; set; }

    /// <summary>Gets or sets the callback that receives one line per response: method, path, status, milliseconds, endpoint.</summary>
    /// <value>null: nothing is logged.</value>
    public Action<string>? RequestLog { get; set; }

    /// <summary>Gets the credentials that the workspace accepts.</summary>
    public EmulatorAuthenticationOptions Authentication { get; private set; } = new();

    /// <summary>Gets the options of deployments and scaling.</summary>
    public EmulatorManagementOptions Management { get; private set; } = new();

    /// <summary>Gets the limits of requests, endpoints and recordings.</summary>
    public EmulatorLimitsOptions Limits { get; private set; } = new();

    /// <summary>Gets the options of fault injection.</summary>
    public EmulatorFaultsOptions Faults { get; private set; } = new();

    /// <summary>Gets the behaviors for which the evidence about the real service is open.</summary>
    public EmulatorQuirksOptions Quirks { get; private set; } = new();

    internal DatabricksEmulatorOptions Copy()
    {
        var copy = (DatabricksEmulatorOptions)MemberwiseClone();
        copy.Authentication = Authentication.Copy();
        copy.Management = Management.Copy();
        copy.Limits = Limits.Copy();
        copy.Faults = Faults.Copy();
        copy.Quirks = Quirks.Copy();
        if (Strict)
        {
            copy.Quirks.RejectWithoutEvidence();
        }

        return copy;
    }
}
