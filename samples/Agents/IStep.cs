namespace Agents;

/// <summary>A sample of one capability.</summary>
internal interface IStep
{
    string Title { get; }

    /// <exception cref="StepFailedException">The step completed, but its result is not the expected one.</exception>
    Task RunAsync(Workspace workspace);
}
