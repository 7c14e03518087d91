using Connectors.Databricks.Management.Rollouts;

namespace Connectors.Databricks.Management.ModelServices;

/// <summary>The traffic of a model service: each request replaces its destinations.</summary>
internal sealed class ModelServiceTraffic(DestinationUpdater updater, string serviceName, ModelServiceTrafficShift shift)
    : ITrafficTarget<ModelService>
{
    public TimeProvider Clock => updater.Clock;

    public async Task<ModelService> StartAsync(CancellationToken cancellationToken)
    {
        var service = await updater.CurrentAsync(serviceName, shift.ExpectedEtag, cancellationToken).ConfigureAwait(false);
        DestinationTraffic.RequireDestination(service, shift.DestinationName, nameof(shift));
        return service;
    }

    public Task RequireUnchangedAsync(ModelService known, string consequence, CancellationToken cancellationToken) =>
        updater.RequireUnchangedAsync(known, consequence, cancellationToken);

    public Task<ModelService> ShiftAsync(
        ModelService known, ModelService before, int percentage, CancellationToken cancellationToken) =>
        updater.ApplyAsync(known, DestinationTraffic.Give(before, shift.DestinationName, percentage), cancellationToken);

    public Task<ModelService> RestoreAsync(ModelService known, ModelService before, CancellationToken cancellationToken) =>
        updater.ApplyAsync(known, before.Destinations, cancellationToken);

    public ModelServiceTrafficShiftStep Describe(ShiftState<ModelService> step) => new()
    {
        ServiceName = serviceName,
        DestinationName = shift.DestinationName,
        Phase = step.Phase,
        Number = step.Number,
        Count = step.Count,
        Percentage = step.Percentage,
        Service = step.Current,
        Before = step.Before,
    };
}
