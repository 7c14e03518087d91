namespace Agents;

/// <summary>One thing worth showing.</summary>
internal interface IStep
{
    string Title { get; }

    /// <exception cref="StepFailedException">It ran, but what came out is not what the step promises.</exception>
    Task RunAsync(Workspace workspace);
}
